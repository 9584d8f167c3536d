package io.throughline.domain.returns;

import java.util.List;
import java.util.Map;

/** Where the photos are kept that somebody took of goods when they were inspected. Their names may tell of a person: they are erased with the order's. */
public interface ReturnPhotos {
    /** By the number of the inspection; none where nothing was photographed, or where it was erased. */
    Map<Long, List<String>> ofInspections(ReturnId id);
}
