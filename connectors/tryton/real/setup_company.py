"""Makes the company of company.json in a Tryton database whose modules are active.

usage: setup_company.py CONFIG DATABASE COMPANY_JSON SECRETS

Runs inside the server's own rules (proteus). SECRETS is a file of KEY=VALUE lines that names the passwords and the application
key of the integration user; the values are set as they stand there.
"""

import datetime
import json
import sys
from decimal import Decimal

from proteus import Model, config

REPORT = "Invoice ${invoice.number or ''} ${invoice.reference or ''}\n"

GROUPS = [
    "Sales",
    "Stock",
    "Stock Force Assignment",
    "Accounting",
    "Account Product Administration",
    "Payment",
    "Payment Approval",
]


class Setup:
    def __init__(self, plan):
        self.plan = plan
        self.currencies = {}
        self.accounts = {}
        self.warehouses = {}

    def run(self, secrets):
        self.make_currencies()
        self.make_company()
        self.make_accounts()
        self.make_journals()
        for year in self.plan["fiscalYears"]:
            self.make_fiscal_year(year)
        self.make_taxes()
        self.make_products()
        self.make_warehouses()
        self.make_shops()
        self.make_payment_journals()
        self.simplify_invoice_report()
        self.make_user(secrets)

    def make_currencies(self):
        Currency = Model.get("currency.currency")
        start = datetime.date.fromisoformat(self.plan["ratesFrom"])
        for row in self.plan["currencies"]:
            currency = Currency(
                name=row["name"],
                code=row["code"],
                numeric_code=row["numeric"],
                symbol=row["code"],
                digits=row["digits"],
                rounding=Decimal(row["rounding"]),
            )
            currency.rates.new(date=start, rate=Decimal(row["rate"]))
            currency.save()
            self.currencies[row["code"]] = currency

    def make_company(self):
        row = self.plan["company"]
        party = Model.get("party.party")(name=row["name"])
        party.save()
        self.company = Model.get("company.company")(
            party=party, currency=self.currencies[row["currency"]], timezone=row["timezone"]
        )
        self.company.save()
        User = Model.get("res.user")
        admin = User(config.get_config().user)
        admin.companies.append(self.company)
        admin.company = self.company
        admin.save()
        config.get_config()._context = User.get_preferences(True, {})

    def make_accounts(self):
        Type = Model.get("account.account.type")
        types = {}
        for name, flags in self.plan["accountTypes"].items():
            types[name] = Type(name=name, company=self.company, **flags)
            types[name].save()
        Account = Model.get("account.account")
        for row in self.plan["accounts"]:
            account = Account(code=row["code"], name=row["name"], company=self.company, type=types[row["type"]])
            account.reconcile = row.get("reconcile", False)
            account.party_required = row.get("party", False)
            account.deferral = self.plan["accountTypes"][row["type"]]["statement"] == "balance"
            account.save()
            self.accounts[row["code"]] = account

    def default_account(self, name):
        return self.accounts[self.plan["defaults"][name]]

    def make_journals(self):
        Journal = Model.get("account.journal")
        self.clearing_journal = Journal(name="Clearing", code="CLR", type="general")
        self.clearing_journal.save()
        exchange = Journal.find([("code", "=", "EXC")], limit=1)
        exchange = exchange[0] if exchange else Journal(name="Exchange", code="EXC", type="general")
        exchange.save()
        settings = Model.get("account.configuration")(1)
        settings.default_account_receivable = self.default_account("receivable")
        settings.default_account_payable = self.default_account("payable")
        settings.default_category_account_revenue = self.default_account("revenue")
        settings.default_category_account_expense = self.default_account("expense")
        settings.currency_exchange_journal = exchange
        settings.currency_exchange_credit_account = self.default_account("exchangeGain")
        settings.currency_exchange_debit_account = self.default_account("exchangeLoss")
        settings.save()

    def strict_sequence(self, name, kind, prefix=""):
        SequenceType = Model.get("ir.sequence.type")
        (kind,) = SequenceType.find([("name", "=", kind)], limit=1)
        sequence = Model.get("ir.sequence.strict")(
            name=name, sequence_type=kind, company=self.company, prefix=prefix, padding=6
        )
        sequence.save()
        return sequence

    def make_fiscal_year(self, year):
        fiscal_year = Model.get("account.fiscalyear")(
            name=str(year),
            start_date=datetime.date(year, 1, 1),
            end_date=datetime.date(year, 12, 31),
            company=self.company,
            move_sequence=self.strict_sequence(f"Moves {year}", "Account Move", f"M{year}-"),
        )
        (numbers,) = fiscal_year.invoice_sequences
        numbers.out_invoice_sequence = self.strict_sequence(f"Invoices {year}", "Invoice", f"INV{year}-")
        numbers.in_invoice_sequence = self.strict_sequence(f"Bills {year}", "Invoice", f"BILL{year}-")
        numbers.out_credit_note_sequence = self.strict_sequence(f"Credit notes {year}", "Invoice", f"CN{year}-")
        numbers.in_credit_note_sequence = self.strict_sequence(f"Supplier credits {year}", "Invoice", f"SCN{year}-")
        fiscal_year.save()
        fiscal_year.click("create_period")

    def make_taxes(self):
        Tax = Model.get("account.tax")
        for row in self.plan["taxes"]:
            account = self.accounts[row["account"]]
            Tax(
                name=row["name"],
                description=row["name"],
                type="percentage",
                rate=Decimal(0),
                company=self.company,
                invoice_account=account,
                credit_note_account=account,
            ).save()

    def make_products(self):
        Category = Model.get("product.category")
        category = Category(
            name="Retail",
            accounting=True,
            account_revenue=self.default_account("revenue"),
            account_expense=self.default_account("expense"),
        )
        category.save()
        (unit,) = Model.get("product.uom").find([("name", "=", "Unit")], limit=1)
        Template = Model.get("product.template")
        for row in self.plan["products"]:
            template = Template(
                name=row["name"],
                type=row["type"],
                default_uom=unit,
                list_price=Decimal(row["price"]),
                account_category=category,
            )
            template.salable = True
            template.purchasable = row["type"] == "goods"
            (product,) = template.products
            product.suffix_code = row["code"]
            product.cost_price = Decimal(row["cost"])
            template.save()

    def make_warehouses(self):
        Location = Model.get("stock.location")
        for row in self.plan["warehouses"]:
            places = {}
            for name in ("input", "output", "storage"):
                place = Location(name=f"{row['name']} {name}", code=f"{row['code']}-{name}", type="storage")
                place.save()
                places[f"{name}_location"] = place
            lost = Location(name=f"{row['name']} lost and found", code=f"{row['code']}-lost", type="lost_found")
            lost.save()
            warehouse = Location(
                name=row["name"], code=row["code"], type="warehouse", lost_found_location=lost, **places
            )
            warehouse.save()
            self.warehouses[row["code"]] = warehouse

    def make_shops(self):
        Party = Model.get("party.party")
        guest = Party(name="Guest", code="GUEST")
        guest.save()
        for row in self.plan["shops"]:
            customers = Party(name=f"{row['name']} customers", code=row["code"])
            customers.save()
            shop = Model.get("web.shop")(
                name=row["code"], company=self.company, currency=self.currencies[row["currency"]], guest_party=guest
            )
            for warehouse in self.warehouses.values():
                shop.warehouses.append(Model.get("stock.location")(warehouse.id))
            shop.save()

    def make_payment_journals(self):
        Journal = Model.get("account.payment.journal")
        for row in self.plan["paymentJournals"]:
            for code, currency in self.currencies.items():
                Journal(
                    name=f"{row['gateway']} {code}",
                    process_method="manual",
                    company=self.company,
                    currency=currency,
                    clearing_journal=self.clearing_journal,
                    clearing_account=self.accounts[row["clearing"]],
                ).save()

    def simplify_invoice_report(self):
        """The channel sends the customer's papers: the office template would only cost time at each posting."""
        Report = Model.get("ir.action.report")
        for report in Report.find([("report_name", "=", "account.invoice")]):
            report.template_extension = "txt"
            report.extension = ""
            report.report_content_custom = REPORT.encode()
            report.save()

    def make_user(self, secrets):
        User = Model.get("res.user")
        user = User(name="Throughline", login=self.plan["user"], password=secrets["PASSWORD"])
        groups = {group.name: group for group in Model.get("res.group").find([])}
        for name in GROUPS:
            user.groups.append(groups[name])
        company = Model.get("company.company")(self.company.id)
        user.companies.append(company)
        user.company = company
        user.save()
        Model.get("res.user.application")(user=User(user.id), application="rest", key=secrets["KEY"]).save()


def read_secrets(path):
    with open(path, encoding="utf-8") as lines:
        return dict(line.strip().split("=", 1) for line in lines if "=" in line)


def main():
    settings, database, plan, secrets = sys.argv[1:5]
    config.set_trytond(database, user="admin", config_file=settings)
    with open(plan, encoding="utf-8") as source:
        Setup(json.load(source)).run(read_secrets(secrets))


if __name__ == "__main__":
    main()
