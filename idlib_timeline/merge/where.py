"""Where accounts say it happened: how wide a place is, what lies in what, and what is too far off to be the same."""

import math

from ..model import Place

REGION = {"country": 5, "admin1": 4, "admin2": 3, "area": 3, "town": 1, "site": 0}  # how wide a kind of place is
NEAR_KM = 25.0  # a town and its outskirts; two towns of one district lie further apart
TOWN = 1  # the widest kind of place that tells an event from others of its day


def elsewhere(one: Place, two: Place) -> bool:
    """Whether they are two towns or sites, and neither the outskirts of the other."""
    wide = REGION.get(one.kind, 3), REGION.get(two.kind, 3)
    if max(wide) > TOWN or (one.name == two.name and one.country == two.country):
        return False
    apart = kilometres(one, two)
    return apart is None or apart > NEAR_KM or min(wide) == 0


def contains(outer: Place, inner: Place) -> bool:
    """Whether a country, a division or an area holds a place."""
    if outer.kind == "country":
        return outer.country == inner.country
    return (
        outer.kind in {"admin1", "area"}
        and bool(inner.admin1)
        and inner.admin1 in {outer.name, outer.admin1}
        and outer.country == inner.country
    )


def kilometres(one: Place, two: Place) -> float | None:
    """How far apart two places are; None where one has no coordinates. Good to a percent over a few hundred km."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    mean = math.radians((one.lat + two.lat) / 2)
    return 111.2 * math.hypot(one.lat - two.lat, (one.lon - two.lon) * math.cos(mean))


def contains_closely(one: Place, two: Place) -> bool:
    """Whether one lies in the other, and that is no whole country."""
    return (one.kind != "country" and contains(one, two)) or (two.kind != "country" and contains(two, one))
