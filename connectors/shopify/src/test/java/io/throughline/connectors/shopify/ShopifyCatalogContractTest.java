package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.CatalogSource.Export;
import io.throughline.domain.catalog.CatalogSourceContract;
import io.throughline.domain.catalog.CatalogSourceUnderTest;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.SystemFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ShopifyCatalogContractTest extends CatalogSourceContract {
    /** The number of NW-MUG-RED in the sample shop. */
    private static final String MUG = "15100000000005";

    private TestingSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = TestingSandbox.start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Override
    protected CatalogSourceUnderTest underTest() {
        return new Shop(sandbox);
    }

    @Test
    void tellsWhatCustomsAndCarriersAsk() throws InterruptedException {
        ProductRecord tee = find(readAll(exported()), Sku.of("NW-TEE-BLK-M"));

        assertThat(stated(tee, Attribute.WEIGHT_GRAMS).value()).contains("180");
        assertThat(stated(tee, Attribute.HS_CODE).value()).contains("6109.10");
        assertThat(stated(tee, Attribute.ORIGIN_COUNTRY).value()).contains("PT");
        assertThat(stated(tee, Attribute.BARCODE).value()).contains("400000000001");
        assertThat(stated(tee, Attribute.BRAND).value()).contains("Northwind Outfitters");
    }

    @Test
    void aValueThatIsTakenAwayIsSaidToBeNone() throws InterruptedException {
        sandbox.control("PUT", variants(), "{\"sku\":\"NW-MUG-RED\",\"barcode\":\"\"}", 200);

        assertThat(stated(find(readAll(exported()), Sku.of("NW-MUG-RED")), Attribute.BARCODE)
                        .value())
                .isEmpty();
    }

    /** So that it does not matter by which way a product came. */
    @Test
    void aProductByItselfSaysWhatTheExportSaysOfIt() throws InterruptedException {
        sandbox.control("PUT", variants(), "{\"sku\":\"NW-MUG-RED\",\"price\":\"19.50\"}", 200);

        List<ProductRecord> alone = underTest().source().product(SampleShops.NORTHWIND, MUG);

        assertThat(alone).containsExactly(find(readAll(exported()), Sku.of("NW-MUG-RED")));
    }

    @Test
    void aProductThatTheShopHasNoMoreSaysNothing() {
        assertThat(underTest().source().product(SampleShops.NORTHWIND, "99999999"))
                .isEmpty();
    }

    @Test
    void anAddressThatHasEndedIsAnExportThatIsLost() throws InterruptedException {
        Export.Ready export = exported();
        sandbox.control("POST", "/shopify/" + SampleShops.DOMAIN + "/bulk-operations", "", 204);

        assertThatThrownBy(() -> underTest().source().read(SampleShops.NORTHWIND, export, Optional.empty()))
                .isInstanceOf(SystemFailure.class)
                .hasMessageContaining("no longer there");
    }

    @Test
    void aLostReplyStartsNoSecondExport() {
        sandbox.fault("bulkOperationRunQuery", "lose_reply");
        java.time.Instant since = java.time.Instant.now();

        assertThatThrownBy(() -> underTest().source().export(SampleShops.NORTHWIND, since))
                .isInstanceOf(SystemFailure.class);
        String export = underTest().source().export(SampleShops.NORTHWIND, since);

        assertThat(export).endsWith("/BulkOperation/1000001");
        assertThat(sandbox.attempts("bulkOperationRunQuery")).isEqualTo(1);
    }

    private static String variants() {
        return "/shopify/" + SampleShops.DOMAIN + "/variants";
    }

    private static final class Shop extends ShopUnderTest implements CatalogSourceUnderTest {
        Shop(TestingSandbox sandbox) {
            super(sandbox);
        }

        @Override
        public CatalogSource source() {
            return sandbox.connector().catalog();
        }

        @Override
        public void makeUp(int products) {
            sandbox.control("POST", variants(), "{\"count\":" + products + "}", 204);
        }

        @Override
        public void reprice(Sku sku, String amount) {
            sandbox.control("PUT", variants(), "{\"sku\":\"" + sku + "\",\"price\":\"" + amount + "\"}", 200);
        }
    }
}
