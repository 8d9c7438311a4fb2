"""Sessions in the database, each read together with the account whose it is: one statement where there were three.

Nothing is kept between requests: a session that ended, an account that was disabled, a part of the tree that was granted or
taken back holds from the next request on. What is fetched here is believed by `middleware.Account` alone, after it has checked
that the session itself names this account.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils import timezone

from junheng.web.accounts.models import Reach, User
from junheng.web.areas.models import Unit

_LEFT = frozenset({"phone", "phone_index", "last_login", "created_at"})
"""Fields of an account that no page's frame needs: fetched when somebody asks for them."""
_ACCOUNT = tuple(each for each in User._meta.concrete_fields if each.name not in _LEFT)
_UNIT = tuple(Unit._meta.concrete_fields)


class SessionStore(db.SessionStore):
    """account: whose session it was when it was loaded, with unit and reach; None for a visitor, and where the list of
    sessions does not say."""

    account: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        now = timezone.now()
        rows = _rows(self.session_key, now, timezone.localdate(now))
        if not rows:
            self._session_key = None
            return {}
        self.account = _account(rows)
        return dict(self.decode(rows[0][0]))


def _rows(session_key: str | None, now: datetime, today: date) -> list[Sequence[Any]]:
    """(data of the session, path granted, account's fields, unit's fields): a row for every grant of today, or one."""
    adapted = connection.ops.adapt_datetimefield_value(now), connection.ops.adapt_datefield_value(today)
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor), (adapted[1], session_key, adapted[0]))
        return list(cursor.fetchall())


@cache
def _statement(vendor: str) -> str:
    """vendor: of the database, whose quotes the names stand in."""
    tables = {name: _table(model) for name, model in (("session", Session), ("listed", UserSession), ("account", User), ("unit", Unit), ("reach", Reach))}
    columns = [f"account.{_quoted(each)}" for each in _ACCOUNT] + [f"unit.{_quoted(each)}" for each in _UNIT]
    return (
        f"SELECT s.session_data, granted.path, {', '.join(columns)} FROM {tables['session']} s"
        f" LEFT JOIN {tables['listed']} listed ON listed.session_key = s.session_key"
        f" LEFT JOIN {tables['account']} account ON account.id = listed.user_id"
        f" LEFT JOIN {tables['unit']} unit ON unit.id = account.unit_id"
        f" LEFT JOIN {tables['reach']} reach ON reach.user_id = account.id AND (reach.until IS NULL OR reach.until >= %s)"
        f" LEFT JOIN {tables['unit']} granted ON granted.id = reach.unit_id"
        " WHERE s.session_key = %s AND s.expire_date > %s ORDER BY reach.id"
    )


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(field: models.Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))


def _account(rows: list[Sequence[Any]]) -> User | None:
    account_from, unit_from = 2, 2 + len(_ACCOUNT)
    first = rows[0]
    if first[account_from] is None:
        return None
    account = User.from_db(connection.alias, [each.attname for each in _ACCOUNT], first[account_from:unit_from])
    account.unit = Unit.from_db(connection.alias, [each.attname for each in _UNIT], first[unit_from:])
    account.reach = account.reach_with(row[1] for row in rows if row[1] is not None)
    return account
