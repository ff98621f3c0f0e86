"""A statement about any of several rows is the same for all numbers of them that fill up to one size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import and_, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from fastim.services.any_of import AnyOf


class Base(DeclarativeBase):
    pass


class Place(Base):
    __tablename__ = "place"
    x: Mapped[int] = mapped_column(primary_key=True)
    y: Mapped[int] = mapped_column(primary_key=True)


ABOVE = AnyOf(
    lambda x, y: and_(Place.x == x, Place.y > y),
    lambda any_holds: select(Place.x, Place.y).where(any_holds).order_by(Place.x, Place.y),
)
ENGINE = create_engine("sqlite://")
Base.metadata.create_all(ENGINE)
with Session(ENGINE) as session:
    session.add_all(Place(x=x, y=y) for x in range(6) for y in range(6))
    session.commit()

NUMBERS = st.integers(0, 6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_it_finds_what_any_of_the_rows_asks_for_once(rows: list[tuple[int, int]]) -> None:
    with Session(ENGINE) as session:
        found = [tuple(row) for row in session.execute(*ABOVE.given(rows))]
    assert found == [
        (x, y)
        for x in range(6)
        for y in range(6)
        if any(x == wanted and y > above for wanted, above in rows)
    ]


def test_it_is_built_for_few_sizes() -> None:
    sizes = {count: ABOVE.given([(count, 0)] * count)[0] for count in range(1, 201)}
    assert len({id(statement) for statement in sizes.values()}) == 9
    assert sizes[129] is sizes[200]
