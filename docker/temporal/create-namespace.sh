#!/bin/sh
# The namespace with 30 days of history, and the search attributes that operators filter by; may be repeated.
set -eu

temporal operator cluster health
if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" > /dev/null 2>&1; then
    temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention 30d
else
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
fi

# A namespace that was made just now is not known everywhere in the server yet.
attempt=0
until existing=$(temporal operator search-attribute list 2> /dev/null); do
    attempt=$((attempt + 1))
    [ "$attempt" -lt 60 ] || { echo "the namespace $TEMPORAL_NAMESPACE does not answer" >&2; exit 1; }
    sleep 1
done
for attribute in \
    OrderStatus=Keyword \
    SalesChannel=Keyword \
    Facilities=KeywordList \
    StalledStep=Keyword \
    StalledSince=Datetime \
    RejectedBy=Keyword \
    FinancialPosting=Keyword \
    CaseOpen=Bool; do
    name=${attribute%%=*}
    case $existing in
        *" $name "*) ;;
        *) temporal operator search-attribute create --name "$name" --type "${attribute#*=}" ;;
    esac
done
