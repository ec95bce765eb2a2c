"""Names of things: one finder per type on shared grammar (boundary, endings), then back-references (coreference).

Facts come from lexicons (organizations, places, …); structure finds what no list has (organization_names, place_forms,
person_names, own_names).
"""
