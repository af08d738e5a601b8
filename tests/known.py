"""What made documents break."""

KNOWN = {
    "652301-ylj-2020-budget": {"form-missing", "project-named-otherwise"},
    "440784-ylj-2022-budget": {"changes-add-up", "prose-agrees-with-itself", "prose-three-public-add-up"},
}
"""What made documents do break: the small one has no 财政拨款收支总表 and one project under two names, the town
tells its “三公” twice over."""
