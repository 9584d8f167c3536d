package io.throughline.domain.intervention;

import java.util.Arrays;
import java.util.List;

/** What an amendment is about: its fields are what a person may fill in, any of them and at least one. */
public enum AmendmentKind {
    POSTING("The day under which the ERP books"),
    STAND_INS("The ERP's products that stand for those of the document"),
    PRODUCT_NAMES("Which products of ours the order means"),
    SHIP_TO("Where the order goes"),
    CONTACT("How the customer is reached");

    private final String title;

    AmendmentKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** In the order in which they are filled in. */
    public List<Amendable> fields() {
        return Arrays.stream(Amendable.values())
                .filter(field -> field.kind() == this)
                .toList();
    }
}
