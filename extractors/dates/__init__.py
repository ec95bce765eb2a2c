"""Calendar time: written forms (forms), what they mean here (reckoning) and their bounds (edtf), the policy calendar
(eras), feasts (feasts, lunar), stretches told from today (stretches), times of day that stand alone (clocks).
"""
