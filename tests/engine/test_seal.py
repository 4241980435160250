from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # it ships no types

from sinergia.engine.seal import (
    Frontier,
    canonical,
    leaf_hash,
    node_hash,
    proof,
    root,
    salted_digest,
    verifies,
)

# The seven leaves of certificate-transparency's own tests of RFC 6962 and their roots by size.
LEAVES = [
    bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
] + [bytes.fromhex("606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PROOFS = {  # (index, size): path, from the same tests
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}

trees = st.lists(st.binary(max_size=4), min_size=1, max_size=20)


def test_an_empty_tree_has_the_root_of_the_standard() -> None:
    assert root([]) == sha256(b"").digest() == Frontier().root()


def test_roots_are_those_of_the_standard() -> None:
    assert [root(LEAVES[: size + 1]).hex() for size in range(8)] == ROOTS


@pytest.mark.parametrize("index, size", PROOFS)
def test_proofs_are_those_of_the_standard(index: int, size: int) -> None:
    assert [step.hex() for step in proof(LEAVES[:size], index)] == PROOFS[index, size]


@pytest.mark.parametrize("index, size", [(i, n) for n in range(1, 9) for i in range(n)])
def test_every_leaf_of_a_small_tree_is_proven(index: int, size: int) -> None:
    leaves = LEAVES[:size]

    path, head = proof(leaves, index), root(leaves)

    assert verifies(leaves[index], index, size, path, head)
    assert not verifies(leaves[index], index, size, [*path, head], head)


def test_a_leaf_cannot_pass_for_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert root([left + right]) != node_hash(left, right) == root([b"a", b"b"])


@settings(max_examples=25, deadline=None)
@given(trees)
def test_roots_agree_with_another_implementation(leaves: list[bytes]) -> None:
    other = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        other.append_entry(leaf)

    assert root(leaves) == other.get_root()


@settings(max_examples=25, deadline=None)
@given(trees, st.data())
def test_every_leaf_is_proven_and_nothing_else_is(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, path, head = len(leaves), proof(leaves, index), root(leaves)

    assert verifies(leaves[index], index, size, path, head)
    assert not verifies(leaves[index] + b"!", index, size, path, head)
    assert not verifies(leaves[index], index, size, [*path, head], head)
    assert not verifies(leaves[index], index, size, path[:-1], leaf_hash(b"another"))
    assert not verifies(leaves[index], size, size, path, head)
    assert not verifies(leaves[index], -1, size, path, head)
    assert not path or not verifies(leaves[index], index, size, path[:-1], head)


@settings(max_examples=25, deadline=None)
@given(trees)
def test_a_frontier_written_down_between_leaves_grows_to_the_same_root(leaves: list[bytes]) -> None:
    written = b""
    for leaf in leaves:
        written = Frontier.from_bytes(written).append(leaf).to_bytes()

    frontier = Frontier.from_bytes(written)

    assert (frontier.size, frontier.root()) == (len(leaves), root(leaves))


@pytest.mark.parametrize("written", [b"\0", b"\0" * 7 + b"\1", b"\0" * 8 + b"x" * 32])
def test_what_is_no_frontier_is_refused(written: bytes) -> None:
    with pytest.raises(ValueError, match="not a frontier"):
        Frontier.from_bytes(written)


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        proof(LEAVES[:3], index)


def test_canonical_bytes_do_not_depend_on_order_or_spacing() -> None:
    one = canonical({"б": [1, 2.50, True, None], "a": "ё\n"})

    assert one == canonical({"a": "ё\n", "б": [1, 2.5, True, None]})
    assert one == '{"a":"ё\\n","б":[1,2.5,true,null]}'.encode()


@pytest.mark.parametrize("value", [2**53, float("nan"), object(), {1: 2}])
def test_what_json_cannot_carry_whole_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical({"value": value})


def test_a_salted_digest_depends_on_content_and_salt_and_refuses_a_short_salt() -> None:
    salt, other = b"s" * 16, b"t" * 16

    assert salted_digest(b"62.50", salt) == salted_digest(b"62.50", salt)
    assert len({salted_digest(b"62.50", salt), salted_digest(b"62.50", other)}) == 2
    assert salted_digest(b"62.51", salt) != salted_digest(b"62.50", salt)
    with pytest.raises(ValueError, match="at least 16"):
        salted_digest(b"62.50", b"short")


def test_a_frontier_is_written_as_eight_bytes_of_size_and_its_peaks() -> None:
    frontier = Frontier()
    for number in range(3):
        frontier = frontier.append(bytes([number]))

    written = frontier.to_bytes()

    assert (written[:8], len(written)) == ((3).to_bytes(8, "big"), 8 + 2 * 32)
    assert Frontier.from_bytes(written) == frontier
