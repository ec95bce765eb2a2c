"""Calendar time: written forms (forms), the policy calendar (eras), what they mean here (reckoning), bounds (edtf)."""
