"""Whether people share what they have read, from the cache where it is known."""

from __future__ import annotations

from fastim.realtime.services import Services


def share_receipts(services: Services, *user_ids: int) -> bool:
    """Whether all of these let others see what they have read and that they are typing.

    Who switched it off shows nothing and is shown nothing.
    """
    known = [services.privacy.known(user_id) for user_id in user_ids]
    if None not in known:
        return all(one is not None and one.receipts for one in known)
    with services.scope():
        return services.privacy.share_receipts(user_ids)
