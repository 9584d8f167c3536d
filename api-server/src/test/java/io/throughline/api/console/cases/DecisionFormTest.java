package io.throughline.api.console.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.access.Caller;
import io.throughline.api.console.Words;
import io.throughline.domain.access.Role;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionFormTest {
    private static final Caller EVERYBODY = new Caller("k-1", "ada", EnumSet.allOf(Role.class));
    private static final Caller NOBODY = new Caller("k-2", "bob", Set.of(Role.VIEWER));

    /** In the words by which a person finds on the form what the page of the code tells them to do. */
    @ParameterizedTest
    @EnumSource
    void offersWhatMayBeDecidedAboutACodeInWords(FailureCode code) {
        DecisionForm form = DecisionForm.of(code, EVERYBODY);

        assertThat(form.options()).allSatisfy(option -> {
            assertThat(option.label()).isEqualTo(Words.of(option.action()));
            assertThat(option.meaning()).isNotBlank();
        });
        assertThat(form.options())
                .extracting(DecisionForm.Option::action)
                .containsExactlyInAnyOrderElementsOf(
                        ofMany(code).stream().map(Enum::name).toList());
        assertThat(form.options()).extracting(DecisionForm.Option::label).doesNotHaveDuplicates();
        assertThat(form.others()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhoMayDecideWhatIsNotForTheOneWhoLooks(FailureCode code) {
        DecisionForm form = DecisionForm.of(code, NOBODY);

        assertThat(form.options()).isEmpty();
        assertThat(form.others())
                .containsExactlyInAnyOrderElementsOf(
                        ofMany(code).stream().map(Words::of).toList());
        assertThat(form.decider()).isEqualTo(Words.of(code.owner()));
    }

    /** What is amended case by case is not for many at once. */
    private static Set<Action> ofMany(FailureCode code) {
        Set<Action> actions = code.actions();
        if (!code.amendable().stream().allMatch(Amendable::forMany)) {
            actions.remove(Action.AMEND_AND_RETRY);
        }
        return actions;
    }
}
