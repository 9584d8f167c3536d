package io.throughline.api;

/** Bodies of orders that clients hand over. Each has an external id of its own. */
final class SampleSubmissions {
    private SampleSubmissions() {}

    /** Two tees and a cap, shipped to Boston, with tax on both lines and on delivery: 101.50 USD. */
    static String shipped(String externalId) {
        return """
                {"externalId":"%s","name":"#1001","placedAt":"2026-11-20T15:04:05Z","currency":"USD","taxesIncluded":false,
                "lines":[
                {"id":"1","sku":"NW-TEE-BLK-M","quantity":2,"unitPrice":"25.00","discount":"5.00","total":"45.00",
                "taxes":[{"title":"MA State Tax","rate":"0.0625","amount":"2.81"}]},
                {"id":"2","sku":"NW-CAP-NVY","quantity":1,"unitPrice":"40.00","total":"40.00",
                "taxes":[{"title":"MA State Tax","rate":"0.0625","amount":"2.50"}]}],
                "shipping":{"title":"Standard","total":"10.00","taxes":[{"title":"MA State Tax","rate":"0.0625","amount":"0.63"}]},
                "tip":"0.56","total":"101.50",
                "tenders":[{"id":"t-1","gateway":"external","amount":"101.50","capturedAt":"2026-11-20T15:04:10Z"}],
                "delivery":{"method":"SHIPPING","address":{"name":"Ada Canary","street":"1 Canary Wharf","city":"Boston",
                "province":"MA","postalCode":"02110","country":"US","phone":"+16175550100","latitude":42.3591,"longitude":-71.0512}},
                "customer":{"name":"Ada Canary","email":"ada@canary.example","phone":"+16175550100"},
                "tags":["web"]}
                """.formatted(externalId);
    }

    /** Socks without tax, picked up in Boston: 33.00 USD. */
    static String pickedUp(String externalId) {
        return """
                {"externalId":"%s","placedAt":"2026-11-20T15:04:05Z","currency":"USD","taxesIncluded":true,
                "lines":[{"id":"1","sku":"NW-SOCK-2PK","quantity":1,"unitPrice":"33.00","total":"33.00"}],
                "total":"33.00",
                "tenders":[{"id":"t-1","gateway":"external","amount":"33.00","capturedAt":"2026-11-20T15:04:10Z"}],
                "delivery":{"method":"PICKUP","facility":"ST-HARBOR"}}
                """.formatted(externalId);
    }
}
