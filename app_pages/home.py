"""Where "/" leads: to the only repository's scorecard, or to the list of all."""

from __future__ import annotations

import streamlit as st

from app_pages import _door

asks_for_all = len(_door.repositories()) > 1 and "repo" not in st.query_params
st.switch_page("portfolio.py" if asks_for_all else "scorecard.py", query_params=st.query_params.to_dict())
