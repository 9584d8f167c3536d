package io.throughline.api.console.transfer;

import io.throughline.api.console.Choice;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** The newest transfers, of all facilities or of one. */
public record TransfersPage(List<TransferRow> transfers, List<Choice> facilities, boolean mayAsk) implements Page {
    @Override
    public String template() {
        return "transfers";
    }

    @Override
    public String title() {
        return "Transfers";
    }

    @Override
    public Section section() {
        return Section.STOCK;
    }
}
