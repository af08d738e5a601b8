"""What made documents break."""

KNOWN = {
    "652301-ylj-2020-budget": {"form-missing", "project-named-otherwise"},
    "440784-ylj-2022-budget": {"changes-add-up", "prose-agrees-with-itself", "prose-three-public-add-up"},
    "440000-sfskxjsj-2023-final": {"function-amount-across-tables"},
    "100000-gjsfj-2024-budget": {"form-missing", "fund-revenue-across-tables", "revenue-total-in-balance"},
    "370000-sft-2024-budget": {"form-missing"},
    "420000-sfssfj-2025-budget": {"form-missing"},
    "510000-sft-2024-budget": {"form-missing"},
}
"""What made documents do break: the small one has no 财政拨款收支总表 and one project under two names, the town
tells its “三公” twice over, and the families are parts of disclosures, with some tables and some rows."""
