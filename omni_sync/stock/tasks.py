from celery import shared_task

from omni_sync.stock import alerts, shortfall, sweep


@shared_task(ignore_result=True)
def sweep_holds() -> int:
    """Give back what was promised for too long."""
    return sweep.sweep_holds()


@shared_task(ignore_result=True)
def look_after_alerts(record_ids: list[int] | None = None) -> None:
    """Bring Oscar's stock and product alerts up to date."""
    alerts.settle_alerts(record_ids)


@shared_task(ignore_result=True)
def look_for_lost_transfers() -> int:
    """Raise a shortfall for goods that never arrived."""
    return shortfall.look_for_lost_transfers()
