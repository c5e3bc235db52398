"""Nothing that is withheld can be worked out from what is published beside it."""

from itertools import product

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from registry.figures.disclosure import Sum, protect, rounded

ROWS, COLUMNS = 2, 3


def table(cells, lines=ROWS, columns=COLUMNS):
    """A table of lines and columns with its margins, and the sums that a reader can make."""
    numbers, sums = dict(zip(product(range(lines), range(columns)), cells, strict=True)), []
    for row in range(lines):
        parts = tuple((row, column) for column in range(columns))
        numbers[row, "all"] = sum(numbers[part] for part in parts)
        sums.append(Sum((row, "all"), parts))
    for column in (*range(columns), "all"):
        parts = tuple((row, column) for row in range(lines))
        numbers["all", column] = sum(numbers[part] for part in parts)
        sums.append(Sum(("all", column), parts))
    parts = tuple(("all", column) for column in range(columns))
    sums.append(Sum(("all", "all"), parts))
    return numbers, sums


def looks_the_same(numbers, published, primary, threshold):
    """Whether a register of these numbers could have given the same publication.

    The reader is taken to know which numbers are withheld for being small: more than the publication says.
    """
    for key, shown in published.items():
        if shown is None:
            if key in primary and numbers[key] >= threshold:
                return False
        elif numbers[key] < threshold or rounded(numbers[key], threshold) != shown:
            return False
    return True


@settings(deadline=None, max_examples=30, phases=[Phase.explicit, Phase.generate])
@example([0, 3, 0, 7])
@example([3, 4, 5, 6])
@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
def test_no_withheld_number_follows_from_all_that_is_published_together(cells):
    threshold = 4
    numbers, sums = table(cells, 2, 2)
    published = protect(numbers, sums, threshold)
    primary = {key for key, number in numbers.items() if number < threshold}
    possible = {key: set() for key in primary}
    # Every register that could have given this publication, one by one.
    for guess in product(range(13), repeat=4):
        guessed, _sums = table(guess, 2, 2)
        if looks_the_same(guessed, published, primary, threshold):
            for key in primary:
                possible[key].add(guessed[key])
    assert all(len(values) >= 2 for values in possible.values()), (published, possible)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.integers(0, 60), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS),
    st.sampled_from([5, 10, 20]),
)
def test_what_subtracting_leaves_is_never_a_withheld_number(cells, threshold):
    numbers, sums = table(cells)
    published = protect(numbers, sums, threshold)
    half = threshold // 2
    for one in sums:
        members = [one.total, *one.parts]
        hidden = [key for key in members if published[key] is None]
        if len(hidden) != 1 or numbers[hidden[0]] >= threshold:
            continue
        # Each published number may stand for a whole range: so may what they leave.
        ranges = {
            key: (shown - half, shown - half + threshold - 1) for key, shown in published.items() if shown
        }
        others = [key for key in one.parts if key != hidden[0]]
        if hidden[0] == one.total:
            low, high = sum(ranges[key][0] for key in others), sum(ranges[key][1] for key in others)
        else:
            low = ranges[one.total][0] - sum(ranges[key][1] for key in others)
            high = ranges[one.total][1] - sum(ranges[key][0] for key in others)
        left = range(max(low, 0), min(high, threshold - 1) + 1)
        assert len(left) >= half, (one, published)


@given(st.lists(st.integers(0, 1000), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS))
def test_every_published_number_is_a_multiple_and_no_small_one_is_published(cells):
    numbers, sums = table(cells)
    for key, shown in protect(numbers, sums, 10).items():
        assert shown is None or (shown >= 10 and shown % 10 == 0 and abs(shown - numbers[key]) <= 5)
        assert shown is None or numbers[key] >= 10


def test_a_number_that_the_total_would_betray_takes_a_neighbour_with_it():
    # 14 and 14 are both shown as 10, 9 is withheld; 37 is shown as 40: the hidden one would be 7 to 9.
    numbers = {"a": 14, "b": 14, "hidden": 9, "all": 37}
    assert protect(numbers, [], 10) == {"a": 10, "b": 10, "hidden": None, "all": 40}
    assert protect(numbers, [Sum("all", ("a", "b", "hidden"))], 10) == {
        "a": None,
        "b": 10,
        "hidden": None,
        "all": 40,
    }
