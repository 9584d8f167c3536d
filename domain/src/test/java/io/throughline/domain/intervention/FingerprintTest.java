package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.failure.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            order O-7K2M9Q4XTA is locked            | order O-0000000001 is locked
            work O-7K2M9Q4XTA-F1 is unknown         | work O-0000000001-F22 is unknown
            invoice 1042 is refused                 | invoice 7 is refused
            no period for 2026-11-23                | no period for 2026-11-30
            119.00 are owed, 118.99 were paid       | 7 are owed, 6 were paid
            at 2026-11-23T09:00:00.123Z: timeout    | at 2026-12-01T10:30:00Z: timeout
            key 8c1a4c1e-0b0a-4ac0-9d0e-0a1b2c3d4e5f | key 00000000-0000-4000-8000-000000000000
            (#1501) is closed                       | (#1502) is closed
            """)
    void whatIsOfTheSingleCaseCountsForNothing(String one, String other) {
        assertThat(of(one)).isEqualTo(of(other));
    }

    @Test
    void noTwoMessagesHaveOneDigest() {
        assertThat(of("about unreadable/northwind/sha256:" + "0a1b2c3d".repeat(8) + ": no JSON"))
                .isEqualTo(of("about unreadable/northwind/sha256:" + "a".repeat(64) + ": no JSON"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Tryton knows no product NW-TEE-BLK-M | Tryton knows no product NW-CAP-NVY
            Tryton knows no product SKU-00001    | Tryton knows no product SKU-00002
            period November is closed            | period December is closed
            tax1 is missing                      | tax2 is missing
            """)
    void whatIsTheCauseCounts(String one, String other) {
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    @Test
    void theSameStepOfSeveralLegsIsTheSame() {
        Fingerprint leg = Fingerprint.of(FailureCode.FACILITY_REFUSED, "facility.release O-7K2M9Q4XTA-F1", "closed");

        assertThat(Fingerprint.of(FailureCode.FACILITY_REFUSED, "facility.release O-0000000001-F2", "closed"))
                .isEqualTo(leg);
        assertThat(Fingerprint.of(FailureCode.FACILITY_REFUSED, "facility.recall O-7K2M9Q4XTA-F1", "closed"))
                .isNotEqualTo(leg);
        assertThat(Fingerprint.of(FailureCode.FACILITY_REJECTED, "facility.release O-7K2M9Q4XTA-F1", "closed"))
                .isNotEqualTo(leg);
    }

    @Test
    void isSixteenDigits() {
        assertThat(of("closed").value()).matches("[0-9a-f]{16}");
        assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint("C-1001"));
    }

    private static Fingerprint of(String detail) {
        return Fingerprint.of(FailureCode.ERP_REJECTED, "erp.invoice order", detail);
    }
}
