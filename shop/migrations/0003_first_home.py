from uuid import uuid4

from django.db import migrations

WORDS = {
    "en": (
        "Home",
        "One shop, on every street",
        "See what each store has in your size right now, order it here or collect it there.",
        "New in",
    ),
    "id": (
        "Beranda",
        "Satu toko, di setiap jalan",
        "Lihat stok ukuran Anda di setiap toko saat ini juga, pesan di sini atau ambil di sana.",
        "Baru datang",
    ),
}


def replace_welcome_page(apps, schema_editor):
    """Put a home page per language where Wagtail has its welcome page; a site of somebody's own is left alone."""
    Page, Site, Locale = (apps.get_model("wagtailcore", name) for name in ("Page", "Site", "Locale"))
    HomePage = apps.get_model("shop", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    if Page.objects.filter(depth__gte=2).exclude(path="00010001", slug="home").exists():
        return
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    kind, _ = ContentType.objects.get_or_create(app_label="shop", model="homepage")
    key = uuid4()
    for place, (code, (title, headline, intro, shelf)) in enumerate(WORDS.items(), 1):
        locale, _ = Locale.objects.get_or_create(language_code=code)
        slug = "home" if code == "en" else f"home-{code}"
        home = HomePage.objects.create(
            title=title, draft_title=title, slug=slug, url_path=f"/{slug}/", path=f"0001{place:04}", depth=2,
            content_type=kind, locale=locale, translation_key=key, headline=headline, intro=intro, shelf_title=shelf,
        )
        if code == "en":
            Site.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True)
    Page.objects.filter(depth=1).update(numchild=len(WORDS))


class Migration(migrations.Migration):

    dependencies = [
        ("shop", "0002_homepage"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(replace_welcome_page, migrations.RunPython.noop)]
