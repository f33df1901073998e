"""The example of each named query, as the queries' README shows it on the sample graph."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "who-held-role": {"role": "leader", "org": "Wexhaven"},
    "roles-of-person": {"person": "Sandra Whitlock"},
    "rating-history": {"council": "Wexhaven"},
    "interventions-in-force": {"date": "2023-06-01"},
    "who-led-when-rated": {"judgement": "inadequate", "role": "leader"},
    "left-after-rating": {"role": "director"},
    "claims-disputed": {},
    "claims-and-denials": {},
    "claims-about": {"name": "Wexhaven"},
    "claims-of-one-side": {},
    "who-spoke-most": {"name": "Wexhaven"},
    "figures-over-time": {"name": "Wexhaven", "figure": "children in care"},
    "appointments-by": {"appointer": "Department of Health"},
    "poor-ratings-by-several": {},
    "councils-by-latest-rating": {"inspector": "Ofsted"},
    "councils-whose-rating-fell": {},
    "inspections-by-lead": {},
    "parts-of-body": {"council": "Wexhaven"},
}
