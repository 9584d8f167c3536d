package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.RefusedDocument.TaxPlace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is amended of a person, and that it stands nowhere but with the people. */
class AmendmentTest {
    private static final Amendment STREET =
            amendment("AM-17", Map.of("shipToStreet", "12 Canary Row"), Map.of("shipToStreet", "1 Main Street"));

    @Test
    void aDecisionHasTheNameOfTheAmendmentInPlaceOfWhatIsPersonal() {
        Decision said = amending(STREET.fields());
        Decision kept = said.amending(STREET);

        assertThat(said.saysPersonal()).isTrue();
        assertThat(kept.saysPersonal()).isFalse();
        assertThat(kept.amendment()).isEqualTo(Map.of("shipToStreet", "AM-17"));
        assertThat(kept.amendments()).containsExactly(new AmendmentId("AM-17"));
        assertThat(kept.misfit(FailureCode.CARRIER_REFUSED)).isEmpty();
        assertThat(kept.misfit()).as("whoever takes the step can act upon it").isEmpty();
        assertThat(kept.changes())
                .containsExactly(new Decision.Change("shipToStreet", Optional.empty(), "not shown (AM-17)"));
        assertThat(STREET.changes())
                .containsExactly(new Decision.Change("shipToStreet", Optional.of("1 Main Street"), "12 Canary Row"));
        assertThat(STREET.toString()).doesNotContain("Canary", "Main");
    }

    @ParameterizedTest
    @CsvSource({
        "shipToStreet, 12 Canary Row, true",
        "shipToStreet, ' 12', false",
        "shipToStreet, '', false",
        "shipToPostalCode, SW1A 1AA, true",
        "shipToPostalCode, 'SW1A ', false",
        "shipToCountry, US, true",
        "shipToCountry, usa, false",
        "shipToPhone, +1 (503) 555-0100, true",
        "shipToPhone, call me, false",
        "customerEmail, ada@example.com, true",
        "customerEmail, ada@example, false",
        "customerEmail, ada canary@example.com, false",
        "customerPhone, 5035550100, true"
    })
    void eachFieldHasItsForm(String field, String value, boolean fits) {
        FailureCode code = field.startsWith("shipTo") ? FailureCode.CARRIER_REFUSED : FailureCode.MESSAGE_REFUSED;

        assertThat(amending(Map.of(field, value)).misfit(code).map(Decision.Misfit::key))
                .isEqualTo(fits ? Optional.empty() : Optional.of(field));
    }

    @Test
    void itHoldsAsLongAsTheChannelSaysWhatItSaidThen() {
        PersonalData told = SamplePeople.ADA;
        PersonalData amended = AmendedPerson.amended(told, List.of(STREET));
        Amendment again =
                amendment("AM-18", Map.of("shipToStreet", "14 Canary Row"), Map.of("shipToStreet", "12 Canary Row"));

        assertThat(street(amended)).contains("12 Canary Row");
        assertThat(amended.shipTo().orElseThrow().city()).contains("Cambridge");
        assertThat(street(AmendedPerson.amended(told, List.of(STREET, again)))).contains("14 Canary Row");
        PersonalData corrected = AmendedPerson.with(told, Map.of("shipToStreet", "1 Main Street, Apt 4"));
        assertThat(AmendedPerson.amended(corrected, List.of(STREET, again))).isEqualTo(corrected);
        assertThat(AmendedPerson.amended(PersonalData.none(), List.of(STREET))).isEqualTo(PersonalData.none());
    }

    @Test
    void whatNobodyKnewIsFilledIn() {
        PersonalData amended = AmendedPerson.with(PersonalData.none(), Map.of("shipToCity", "Boston"));

        assertThat(amended.shipTo().flatMap(PersonalData.PostalAddress::city)).contains("Boston");
        assertThat(AmendedPerson.with(PersonalData.none(), Map.of("customerEmail", "a@example.com"))
                        .shipTo())
                .isEmpty();
    }

    @Test
    void whereTaxesWereReckonedForStays() {
        RefusedDocument taxed = going(new TaxPlace(Optional.of("US"), Optional.of("NJ"), true));
        RefusedDocument untaxed = going(new TaxPlace(Optional.of("US"), Optional.of("NJ"), false));
        RefusedDocument unknown = going(new TaxPlace(Optional.of("US"), Optional.empty(), true));

        assertThat(refused(taxed, "shipToCountry", "CA")).contains("shipToCountry");
        assertThat(refused(taxed, "shipToCountry", "US")).isEmpty();
        assertThat(refused(taxed, "shipToProvince", "NY")).contains("shipToProvince");
        assertThat(refused(taxed, "shipToCity", "Trenton")).isEmpty();
        assertThat(refused(untaxed, "shipToProvince", "NY")).isEmpty();
        assertThat(refused(untaxed, "shipToCountry", "CA")).contains("shipToCountry");
        assertThat(refused(unknown, "shipToProvince", "NJ")).isEmpty();
    }

    private static Optional<String> refused(RefusedDocument document, String field, String value) {
        return document.misfit(amending(Map.of(field, value))).map(Decision.Misfit::key);
    }

    private static RefusedDocument going(TaxPlace place) {
        return new RefusedDocument(Optional.empty(), List.of(), Optional.of(place));
    }

    private static Optional<String> street(PersonalData person) {
        return person.shipTo().flatMap(PersonalData.PostalAddress::street);
    }

    private static Decision amending(Map<String, String> fields) {
        return new Decision(
                Action.AMEND_AND_RETRY, "ada", true, Optional.empty(), fields, Instant.parse("2026-11-23T09:00:00Z"));
    }

    private static Amendment amendment(String id, Map<String, String> fields, Map<String, String> was) {
        return new Amendment(
                new AmendmentId(id),
                new CaseId("C-1042"),
                fields,
                was,
                "ada",
                Instant.parse("2026-11-23T09:00:00Z"),
                Optional.empty());
    }
}
