"""The brand of a style: what its product attribute ``brand`` says, as text or as one of its options."""

from typing import Final

#: SQL for the brand of the style in ``{style}``, empty where it has none.
BRAND: Final = """
    coalesce((SELECT coalesce(nullif(v.value_text, ''), o.option)
                FROM catalogue_productattributevalue v
                JOIN catalogue_productattribute a ON a.id = v.attribute_id AND a.code = 'brand'
                LEFT JOIN catalogue_attributeoption o ON o.id = v.value_option_id
               WHERE v.product_id = {style} LIMIT 1), '')
"""
