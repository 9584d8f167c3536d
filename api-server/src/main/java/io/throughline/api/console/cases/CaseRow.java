package io.throughline.api.console.cases;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Tone;

/** A case as lists show it; nobody's in particular without an {@code assignee}. */
public record CaseRow(
        String id,
        String address,
        String cause,
        String subject,
        String subjectAddress,
        String step,
        String account,
        String detail,
        Badge status,
        String owner,
        String assignee,
        Moment opened,
        Moment due,
        Tone urgency) {}
