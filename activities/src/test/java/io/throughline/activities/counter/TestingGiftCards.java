package io.throughline.activities.counter;

import io.throughline.activities.TestingVendor;
import io.throughline.domain.counter.GiftCards;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import java.util.Optional;

/** A channel that gives cards and does as it is told. */
final class TestingGiftCards implements GiftCards {
    private final TestingVendor vendor;
    Standing standing = Standing.THROUGH;

    TestingGiftCards(TestingVendor vendor) {
        this.vendor = vendor;
    }

    @Override
    public Optional<Receipt> find(Claim claim) {
        return vendor.find("gift-card", claim.reference());
    }

    @Override
    public Reply give(Claim claim, String vendorKey) {
        return vendor.change("gift-card", claim.reference(), vendorKey);
    }

    @Override
    public Standing standing(Claim claim, String card) {
        return standing;
    }
}
