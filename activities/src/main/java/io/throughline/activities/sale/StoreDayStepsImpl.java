package io.throughline.activities.sale;

import io.throughline.activities.call.Steps;
import io.throughline.activities.finance.DayBooks;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.sale.StoreDayState;
import io.throughline.workflows.sale.StoreDaySteps;

/** The steps of a store's day, over its facts and the ERP. */
public final class StoreDayStepsImpl implements StoreDaySteps {
    private static final String DAY = "day";

    private final Steps steps;
    private final StoreDays days;
    private final DayBooks books;
    private final Facilities facilities;

    public StoreDayStepsImpl(Steps steps, StoreDays days, DayBooks books, Facilities facilities) {
        this.steps = steps;
        this.days = days;
        this.books = books;
        this.facilities = facilities;
    }

    @Override
    public StoreDayState look(StoreDayId day) {
        return steps.retrying(
                step(day, "day.look", DAY), () -> state(days.find(day).orElseThrow()));
    }

    private static StoreDayState state(StoreDays.StoreDay day) {
        return new StoreDayState(
                day.nextSummary(),
                day.summaries().stream().mapToInt(StoreDays.Summary::entries).sum(),
                day.waiting(),
                day.dueAt().orElse(null),
                day.unsettled());
    }

    @Override
    public void close(StoreDayId day, int summary) {
        steps.retrying(step(day, "day.close", DAY), () -> {
            days.close(day, summary);
            return true;
        });
    }

    @Override
    public StepResult post(StoreDayId day, int summary) {
        StepResult result = steps.take(
                step(day, "erp.post-day", "summary " + summary).asking(books.company(day)),
                decision -> books.post(day, summary, decision));
        if (result.verdict() == StepResult.Verdict.DONE) {
            days.settled(day, summary);
        }
        return result;
    }

    private Steps.Step step(StoreDayId day, String name, String about) {
        return new Steps.Step(day, facilities.get(day.facility()).workAccount(), name, about);
    }
}
