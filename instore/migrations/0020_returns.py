import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('instore', '0019_claims'),
        ('omni_sync', '0021_proof'),
        ('order', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Announced',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announced_returns', to='order.order')),
                ('store', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='instore.store')),
            ],
            options={
                'verbose_name': 'announced return',
                'verbose_name_plural': 'announced returns',
            },
        ),
        migrations.CreateModel(
            name='AnnouncedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('reason', models.CharField(choices=[('size', 'does not fit'), ('mind', 'no longer wanted'), ('broken', 'broken or flawed'), ('other', 'not what was ordered'), ('unsaid', 'no reason given')], max_length=8)),
                ('announced', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='instore.announced')),
                ('order_line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='order.line')),
            ],
        ),
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
            },
        ),
        migrations.CreateModel(
            name='TakenBackLine',
            fields=[
                ('return_line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='taken_back', serialize=False, to='omni_sync.returnline')),
                ('reason', models.CharField(choices=[('size', 'does not fit'), ('mind', 'no longer wanted'), ('broken', 'broken or flawed'), ('other', 'not what was ordered'), ('unsaid', 'no reason given')], max_length=8)),
                ('disposition', models.CharField(choices=[('sell', 'back on the shelf'), ('repair', 'to be repaired'), ('waste', 'thrown away')], max_length=8)),
                ('order_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='taken_back', to='order.line')),
            ],
        ),
        migrations.AddIndex(
            model_name='announced',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['store', 'until'], name='announced_at_store'),
        ),
        migrations.AddConstraint(
            model_name='announced',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('order',), name='announced_return_open_once_of_an_order'),
        ),
        migrations.AddConstraint(
            model_name='announcedline',
            constraint=models.UniqueConstraint(fields=('announced', 'order_line'), name='announced_line_once'),
        ),
        migrations.AddConstraint(
            model_name='announcedline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='announced_something'),
        ),
        migrations.AddConstraint(
            model_name='announcedline',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['size', 'mind', 'broken', 'other', 'unsaid'])), name='announced_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='takenback',
            constraint=models.CheckConstraint(condition=models.Q(('key__length__gte', 16)), name='taken_back_key_is_not_guessed'),
        ),
        migrations.AddConstraint(
            model_name='takenback',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['original', 'cash'])), name='taken_back_method_is_known'),
        ),
        migrations.AddConstraint(
            model_name='takenbackline',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['size', 'mind', 'broken', 'other', 'unsaid'])), name='taken_back_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='takenbackline',
            constraint=models.CheckConstraint(condition=models.Q(('disposition__in', ['sell', 'repair', 'waste'])), name='taken_back_disposition_is_known'),
        ),
    ]
