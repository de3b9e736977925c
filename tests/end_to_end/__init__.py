"""Promises about the whole of Candor: from a customer's post to the reply, and back."""

import pytest

pytest.register_assert_rewrite("tests.end_to_end.town")
