"""Places, and the way back."""

from __future__ import annotations

from ui.routes import Route, Router


def _router() -> tuple[Router, list[Route]]:
    router, seen = Router(), []
    router.moved.connect(seen.append)
    return router, seen


def test_a_route_is_a_value_with_a_filter() -> None:
    route = Route.to("quotes", state="sent", customer=4)
    assert route == Route.to("quotes", customer=4, state="sent")
    assert route.get("state") == "sent"
    assert route.get("nothing", 1) == 1
    assert len({route, Route("quotes")}) == 2


def test_back_and_forward_like_a_browser() -> None:
    router, seen = _router()
    home, quotes, quote = Route("home"), Route("quotes"), Route("quote", 7)
    for route in (home, quotes, quote):
        router.open(route)
    router.back()
    router.back()
    assert router.current == home
    assert not router.can_go_back
    router.forward()
    assert router.current == quotes
    router.open(Route("deal", 1))
    assert not router.can_go_forward
    assert seen == [home, quotes, quote, quotes, home, quotes, Route("deal", 1)]


def test_the_same_place_again_makes_no_history_but_is_shown() -> None:
    router, seen = _router()
    router.open(Route("home"))
    router.open(Route("home"))
    assert not router.can_go_back
    assert len(seen) == 2


def test_replace_changes_the_place_silently() -> None:
    router, seen = _router()
    router.open(Route("quotes"))
    router.replace(Route.to("quotes", state="sent"))
    assert router.current == Route.to("quotes", state="sent")
    assert len(seen) == 1


def test_back_from_nowhere_does_nothing() -> None:
    router, seen = _router()
    router.back()
    router.forward()
    assert router.current is None
    assert seen == []


def test_back_does_not_lead_into_a_wizard_that_was_passed() -> None:
    router = Router()
    router.passing = frozenset({"new-quote"})
    for kind in ("home", "quotes", "new-quote", "deal"):
        router.open(Route(kind))
    router.back()
    assert router.current == Route("quotes")
    router.open(Route("new-quote"))
    router.back()
    assert router.current == Route("quotes")
    assert router.can_go_forward
