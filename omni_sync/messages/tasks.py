from celery import shared_task

from omni_sync.messages import drain
from omni_sync.messages.journeys import decide, plan
from omni_sync.messages.journeys.forget import forget_follow_ups
from omni_sync.messages.status import answered, note
from omni_sync.poke import begin, poke_once


@shared_task(ignore_result=True)
def send_messages() -> int:
    """Send what was said; what is left when the time is over is somebody's next turn."""
    begin(send_messages)
    sent, is_done = drain.send_messages()
    if not is_done:
        poke_once(send_messages)
    return sent


@shared_task(ignore_result=True)
def plan_follow_ups() -> int:
    """Plan what has come due, and let somebody decide it."""
    begin(plan_follow_ups)
    planned = plan.plan_follow_ups()
    if planned:
        poke_once(decide_follow_ups)
    return planned


@shared_task(ignore_result=True)
def decide_follow_ups() -> int:
    """Decide what is due; what is left when the time is over is somebody's next turn."""
    begin(decide_follow_ups)
    decided, is_done = decide.decide_follow_ups()
    if not is_done:
        poke_once(decide_follow_ups)
    return decided


@shared_task(ignore_result=True)
def forget_messages() -> int:
    """Forget where old messages went, and what old follow-ups were made of."""
    return drain.forget_messages() + forget_follow_ups()


@shared_task(ignore_result=True)
def forget_notices() -> int:
    """Drop what was told of messages that are not ours, and who wrote to us longer ago than a day."""
    return note.forget_notices() + answered.forget_heard()
