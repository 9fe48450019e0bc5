import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION instore_voucherentry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - ARRAY['order_id', 'store_id', 'associate_id']
            = to_jsonb(OLD) - ARRAY['order_id', 'store_id', 'associate_id']
        AND (NEW.order_id IS NULL OR NEW.order_id = OLD.order_id)
        AND (NEW.store_id IS NULL OR NEW.store_id = OLD.store_id)
        AND (NEW.associate_id IS NULL OR NEW.associate_id = OLD.associate_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'entries of vouchers are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON instore_voucherentry
    FOR EACH ROW EXECUTE FUNCTION instore_voucherentry_append_only();
"""
ANY_CHANGE = """
DROP TRIGGER append_only ON instore_voucherentry;
DROP FUNCTION instore_voucherentry_append_only();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('instore', '0020_returns'),
        ('omni_sync', '0023_voided_after_claim'),
        ('order', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditVoucher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=16, unique=True, verbose_name='number')),
                ('code_hash', models.BinaryField(max_length=32, unique=True)),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('sealed', models.BinaryField()),
                ('currency', models.CharField(max_length=3)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('balance', models.DecimalField(decimal_places=2, max_digits=12)),
                ('is_gift', models.BooleanField(default=False)),
                ('who', models.CharField(max_length=64, verbose_name='name of the member of staff')),
                ('key', models.CharField(editable=False, max_length=96, unique=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('ends_at', models.DateTimeField(null=True)),
                ('voided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'credit voucher',
                'verbose_name_plural': 'credit vouchers',
            },
        ),
        migrations.CreateModel(
            name='VoucherEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('issued', 'issued'), ('spent', 'spent'), ('back', 'given back'), ('voided', 'voided')], max_length=8)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('balance', models.DecimalField(decimal_places=2, max_digits=12)),
                ('short', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('who', models.CharField(blank=True, max_length=64)),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('key', models.CharField(editable=False, max_length=96, unique=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'verbose_name': 'entry of a credit voucher',
                'verbose_name_plural': 'entries of credit vouchers',
            },
        ),
        migrations.RemoveConstraint(
            model_name='takenback',
            name='taken_back_method_is_known',
        ),
        migrations.AddField(
            model_name='letterhead',
            name='voucher_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='days a credit voucher is good'),
        ),
        migrations.AlterField(
            model_name='takenback',
            name='method',
            field=models.CharField(choices=[('original', 'the way it was paid'), ('cash', 'in cash'), ('voucher', 'as a voucher')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='takenback',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['original', 'cash', 'voucher'])), name='taken_back_method_is_known'),
        ),
        migrations.AddField(
            model_name='creditvoucher',
            name='associate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='instore.associate'),
        ),
        migrations.AddField(
            model_name='creditvoucher',
            name='sale_return',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='credit_vouchers', to='omni_sync.return'),
        ),
        migrations.AddField(
            model_name='creditvoucher',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credit_vouchers', to='instore.store'),
        ),
        migrations.AddField(
            model_name='voucherentry',
            name='associate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='instore.associate'),
        ),
        migrations.AddField(
            model_name='voucherentry',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='voucher_entries', to='order.order'),
        ),
        migrations.AddField(
            model_name='voucherentry',
            name='store',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='instore.store'),
        ),
        migrations.AddField(
            model_name='voucherentry',
            name='voucher',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='instore.creditvoucher'),
        ),
        migrations.AddConstraint(
            model_name='creditvoucher',
            constraint=models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='credit_voucher_is_never_overdrawn'),
        ),
        migrations.AddConstraint(
            model_name='creditvoucher',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='credit_voucher_is_of_something'),
        ),
        migrations.AddConstraint(
            model_name='creditvoucher',
            constraint=models.CheckConstraint(condition=models.Q(('balance__lte', models.F('amount'))), name='credit_voucher_never_grows'),
        ),
        migrations.AddConstraint(
            model_name='creditvoucher',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at', None), ('balance', 0), _connector='OR'), name='credit_voucher_void_is_empty'),
        ),
        migrations.AddConstraint(
            model_name='creditvoucher',
            constraint=models.CheckConstraint(condition=models.Q(('code_hash__length', 32), ('token_hash__length', 32)), name='credit_voucher_is_hashed'),
        ),
        migrations.AddIndex(
            model_name='voucherentry',
            index=models.Index(fields=['store', 'kind'], name='voucher_entries_of_store'),
        ),
        migrations.AddIndex(
            model_name='voucherentry',
            index=models.Index(condition=models.Q(('short__gt', 0)), fields=['voucher'], name='voucher_overspent'),
        ),
        migrations.AddConstraint(
            model_name='voucherentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind__in', ['issued', 'back']), ('short', 0)), models.Q(('amount__lt', 0), ('kind', 'spent'), ('short__gte', 0)), models.Q(('amount', 0), ('kind', 'spent'), ('short__gt', 0)), models.Q(('amount__lt', 0), ('kind', 'voided'), ('short', 0)), _connector='OR'), name='voucher_entry_has_its_sign'),
        ),
        migrations.AddConstraint(
            model_name='voucherentry',
            constraint=models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='voucher_entry_leaves_no_debt'),
        ),
        migrations.AddConstraint(
            model_name='voucherentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'issued')), fields=('voucher',), name='voucher_issued_once'),
        ),
        migrations.AddConstraint(
            model_name='voucherentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'voided')), fields=('voucher',), name='voucher_voided_once'),
        ),
        migrations.RunSQL(APPEND_ONLY, ANY_CHANGE),
    ]
