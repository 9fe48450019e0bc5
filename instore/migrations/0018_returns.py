import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('instore', '0017_receipts'),
        ('omni_sync', '0021_proof'),
        ('order', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('sale_return', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='taken_back', serialize=False, to='omni_sync.return')),
                ('key', models.CharField(editable=False, max_length=64, unique=True)),
                ('asked', models.BinaryField(max_length=32)),
                ('method', models.CharField(choices=[('original', 'the way it was paid'), ('cash', 'in cash')], max_length=16)),
                ('who', models.CharField(max_length=64, verbose_name='name of the member of staff')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='why without a receipt')),
                ('associate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='instore.associate')),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='instore.device')),
            ],
            options={
                'verbose_name': 'return at a tablet',
                'verbose_name_plural': 'returns at tablets',
                'constraints': [models.CheckConstraint(condition=models.Q(('key__length__gte', 16)), name='taken_back_key_is_not_guessed'), models.CheckConstraint(condition=models.Q(('method__in', ['original', 'cash'])), name='taken_back_method_is_known')],
            },
        ),
        migrations.CreateModel(
            name='TakenBackLine',
            fields=[
                ('return_line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='taken_back', serialize=False, to='omni_sync.returnline')),
                ('reason', models.CharField(choices=[('size', 'does not fit'), ('mind', 'changed their mind'), ('broken', 'broken or flawed'), ('other', 'not what was ordered'), ('unsaid', 'did not say')], max_length=8)),
                ('disposition', models.CharField(choices=[('sell', 'back on the shelf'), ('repair', 'to be repaired'), ('waste', 'thrown away')], max_length=8)),
                ('order_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='taken_back', to='order.line')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['size', 'mind', 'broken', 'other', 'unsaid'])), name='taken_back_reason_is_known'), models.CheckConstraint(condition=models.Q(('disposition__in', ['sell', 'repair', 'waste'])), name='taken_back_disposition_is_known')],
            },
        ),
    ]
