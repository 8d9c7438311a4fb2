"""个人信息保护: keys outside the database, encrypted fields, a keyed hash to match by."""
