package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.StockTelling;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code stock_shown}. */
final class Shown {
    private static final String HERE = " where account = :account and sku = :sku and facility = :facility";

    private Shown() {}

    static void forget(Handle handle, AccountId account) {
        handle.execute("delete from stock_shown where account = ?", account.value());
    }

    /**
     * What the system shows takes in whatever it does by itself, and nothing of what others did since it was last told. Where nothing
     * was told yet, all that differs from the ledger is owed to it, unless it {@code isRight} because it moves this stock itself.
     */
    static int owed(StockPicture picture, ShownStock shown, boolean isRight) {
        return picture.known()
                .filter(known -> !known.shown().item().isEmpty())
                .map(StockPicture.Known::untold)
                .orElseGet(() -> isRight ? 0 : picture.wanted().net() - shown.onHand());
    }

    /** Takes in what the system shows, and how many units it is to be told of beyond that. */
    static void learn(Handle handle, AccountId account, StockPicture picture, ShownStock shown, int owed) {
        at(handle.createUpdate("""
            insert into stock_shown (account, sku, facility, item, on_hand, reserved, safety_stock, ordinal,
                net, owed, standing)
            values (:account, :sku, :facility, :item, :onHand, :reserved, :safetyStock, :ordinal, :net,
                :owed, 'KNOWN')
            on conflict (account, sku, facility) do update set
                item = excluded.item, on_hand = excluded.on_hand, reserved = excluded.reserved,
                safety_stock = excluded.safety_stock, ordinal = excluded.ordinal, net = excluded.net,
                owed = excluded.owed, standing = excluded.standing
            """), account, picture.place())
                .bind("item", shown.item())
                .bind("onHand", shown.onHand())
                .bind("reserved", shown.reserved())
                .bind("safetyStock", shown.safetyStock())
                .bind("ordinal", picture.wanted().ordinal())
                .bind("net", picture.wanted().net())
                .bind("owed", owed)
                .execute();
    }

    static void follow(Handle handle, AccountId account, StockPicture picture, StockPicture.Known known) {
        at(handle.createUpdate("""
            update stock_shown set on_hand = on_hand + :own, ordinal = :ordinal, net = :net
            """ + HERE + " and ordinal = :before"), account, picture.place())
                .bind("own", known.own())
                .bind("ordinal", picture.wanted().ordinal())
                .bind("net", picture.wanted().net())
                .bind("before", known.ordinal())
                .execute();
    }

    static void told(Handle handle, AccountId account, StockTelling.Line line) {
        String change = switch (line.state()) {
            case ON_HAND -> "on_hand = :units, ordinal = :ordinal, net = :net, owed = :owed";
            case RESERVED -> "reserved = :units";
            case SAFETY_STOCK -> "safety_stock = :units";
        };
        at(handle.createUpdate("update stock_shown set " + change + HERE), account, line.place())
                .bind("units", line.to())
                .bind("ordinal", line.ordinal())
                .bind("net", line.net())
                .bind("owed", line.owed())
                .execute();
    }

    static void doubt(Handle handle, AccountId account, StockSubject place) {
        at(handle.createUpdate("update stock_shown set standing = 'UNSURE'" + HERE), account, place)
                .execute();
    }

    static void refuse(Handle handle, AccountId account, StockSubject place) {
        at(handle.createUpdate("""
            insert into stock_shown (account, sku, facility, item, on_hand, reserved, safety_stock, ordinal,
                net, owed, standing)
            values (:account, :sku, :facility, '', 0, 0, 0, 0, 0, 0, 'REFUSED')
            on conflict (account, sku, facility) do update set standing = excluded.standing
            """), account, place).execute();
    }

    /** The balances of its parts, of which it is one unless it is a bundle, become news again, so that somebody comes by. */
    static void retry(Handle handle, AccountId account, Sku sku, List<Part> parts) {
        handle.execute("""
            update stock_shown set standing = 'UNSURE' where account = ? and sku = ? and standing = 'REFUSED'
            """, account.value(), sku.value());
        parts.forEach(part -> handle.execute(
                "update stock_balance set sku = sku where sku = ?", part.sku().value()));
    }

    static <S extends SqlStatement<S>> S at(S statement, AccountId account, StockSubject place) {
        return statement
                .bind("account", account.value())
                .bind("sku", place.sku().value())
                .bind("facility", place.facility().value());
    }
}
