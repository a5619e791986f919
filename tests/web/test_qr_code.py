"""QR codes are drawn as the modules are."""

import re

from hypothesis import given, strategies as st
import segno

from custom_components.courier_access.web.html import QrCode

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@given(
    st.text(
        st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120
    )
)
def test_path_covers_exactly_the_black_modules(address: str) -> None:
    code = QrCode.of(address)

    black = set()
    for x, y, width, back in _RUN.findall(code.path):
        assert width == back
        black |= {(int(x) + step, int(y)) for step in range(int(width))}
    assert _RUN.sub("", code.path) == ""
    matrix = segno.make_qr(address, error="m").matrix
    assert black == {
        (x + 4, y + 4)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    }
    assert code.side == len(matrix) + 8
