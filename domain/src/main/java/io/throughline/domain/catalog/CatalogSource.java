package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A system that can tell its whole catalogue. It is asked for an export, which it may take a while to make, and the export is read page
 * by page; a page can be read again, and a reader who comes later goes on from any cursor.
 */
public interface CatalogSource {
    /** Asks for an export; gives the name of the one that was asked for since the instant, if there is one. */
    String export(AccountId account, Instant since);

    Export state(AccountId account, String export);

    /** {@code cursor} is empty at the beginning. */
    Page read(AccountId account, Export.Ready export, Optional<String> cursor);

    /**
     * What the system says now of a product that it has told news of under its own name for it: all of its variants that have a SKU, and nothing where it
     * has no such product any more. Only systems that tell such news are asked.
     */
    default List<ProductRecord> product(AccountId account, String product) {
        throw new UnsupportedOperationException(account + " tells no news of single products");
    }

    /** How far the system has come with it. */
    sealed interface Export {
        record Pending(long objects) implements Export {}

        /** {@code size} is in the unit in which {@link Page#read} counts; {@code location} may be a secret. */
        record Ready(String location, long size) implements Export {
            @Override
            public String toString() {
                return "Ready[" + size + "]";
            }
        }

        /** It failed or is no longer kept: another one must be asked for. */
        record Lost(String reason) implements Export {}
    }

    /**
     * Some products; {@code unusable} were left out because they have no SKU that can be used. {@code read} tells how much of the export
     * has been read with this page, {@code next} is the cursor of the following one.
     */
    record Page(List<ProductRecord> products, int unusable, long read, Optional<String> next) {
        public Page {
            products = List.copyOf(products);
        }
    }
}
