package io.throughline.api.returns;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.order.Findings;
import io.throughline.api.order.OrderSubmission;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnReason;
import java.util.List;
import java.util.Optional;

/** What is to be given back of an order: goods that a customer brings, or money for what came damaged, did not come, or went wrong. */
@Schema(description = "What is to be given back of an order")
public record ReturnSubmission(
        @Schema(description = "Our name of the order", example = "O-7K2M9Q4XTA")
        String orderId,

        @Schema(description = "The store that takes the goods in; they come by mail if absent", example = "ST-HARBOR")
        Optional<String> store,

        @ArraySchema(
                maxItems = MOST_LINES,
                arraySchema = @Schema(description = "At least one; none for an appeasement"))
        List<Line> lines,

        @Schema(
                description = "A version of the policy that a preview shall try; that of the order's day if absent",
                example = "returns-1")
        Optional<String> policyVersion,

        @Schema(
                description =
                        "Give the money back before the goods have come, as far as the policy allows that; not for a"
                                + " preview")
        Optional<Boolean> refundBeforeGoods,

        @Schema(
                description =
                        "STORE_CREDIT: give credit at the channel in place of money, where the policy offers that;"
                                + " ORIGINAL if absent. Where the policy gives nothing but credit, it is STORE_CREDIT by itself")
        Optional<RefundTo> refundTo,

        Optional<Claim> claim,
        Optional<Appeasement> appeasement,

        @ArraySchema(
                maxItems = MOST_LINES,
                arraySchema =
                        @Schema(
                                description =
                                        "What the customer takes in place of the money: a new order at today's prices,"
                                                + " picked up in the store, or sent where the order went"))
        Optional<List<ExchangeLine>> exchangeFor) {
    static final int MOST_LINES = 500;
    static final int MOST_UNITS = 10_000;
    static final int MOST_PHOTOS = 20;
    static final int LONGEST_REFERENCE = 500;

    /** Whether a line is about some units, and not too many. */
    static boolean fits(int quantity, int at, Findings findings) {
        boolean some = quantity >= 1 && quantity <= MOST_UNITS;
        findings.require(some, "/lines/" + at + "/quantity", "1 to " + MOST_UNITS + " units");
        return some;
    }

    /** The lines came damaged or wrong, or did not come. */
    @Schema(name = "ReturnClaim", description = "The lines came damaged or wrong, or did not come")
    public record Claim(
            @ArraySchema(
                    maxItems = MOST_PHOTOS,
                    arraySchema =
                            @Schema(description = "Where the photos are kept, in names that tell nothing of a person"),
                    schema = @Schema(maxLength = LONGEST_REFERENCE, example = "photos/2026/11/26/7f3a.jpg"))
            List<String> photos,

            @Schema(description = "No goods come back for it; must be so where they never arrived")
            boolean goodsStay,

            @Schema(
                    description =
                            "How much of their price is given back for goods that stay and are worth something all the"
                                    + " same, with as much of each tax; all of it if absent",
                    minimum = "1",
                    maximum = "99",
                    example = "30")
            Optional<Integer> percent) {}

    /** Money for something that went wrong; the goods stay. */
    @Schema(description = "Money for something that went wrong; the goods stay")
    public record Appeasement(
            @Schema(description = "In the order's currency", example = "10.00")
            String amount,

            @Schema(example = "USD") String currency,
            ReturnReason reason) {}

    /** Units of a product that are taken in exchange. */
    @Schema(
            description =
                    "Units of a product that are taken in exchange, at the price that the order's channel has today;"
                            + " with the taxes of these units, as the client reckons them")
    public record ExchangeLine(
            @Schema(example = "NW-TEE-BLK-M") String sku,
            @Schema(minimum = "1", maximum = "10000") int quantity,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<OrderSubmission.Tax> taxes) {}

    /** Units of one order line that come back for one reason in one condition. */
    @Schema(
            name = "ReturnLine",
            description = "Units of one order line that come back for one reason in one condition. A line may be named"
                    + " several times")
    public record Line(
            @Schema(example = "1") String lineId,
            @Schema(minimum = "1", maximum = "10000") int quantity,
            ReturnReason reason,

            @Schema(
                    description =
                            "The condition of the units, by a grade of the policy; what the policy assumes if absent",
                    example = "OPENED")
            Optional<String> grade) {}
}
