package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose word on which measure of a place a case is about, as the case's step names it. {@code shown}: the system shows what it is told of
 * the ledger there, so it can be told again.
 */
public record DriftStep(AccountId account, Measure measure, boolean shown) {
    private static final String UNTOLD = " untold";
    private static final Pattern FORM = Pattern.compile("stock\\.drift ([^ ]+) ([A-Z_]+)(" + UNTOLD + ")?");

    /** Empty when the step is another one. */
    public static Optional<DriftStep> of(String step) {
        Matcher form = FORM.matcher(step);
        return form.matches()
                ? Optional.of(new DriftStep(
                        AccountId.of(form.group(1)), Measure.valueOf(form.group(2)), form.group(3) == null))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "stock.drift " + account + " " + measure + (shown ? "" : UNTOLD);
    }
}
