"""区划与单位: province, cities, evaluation units and schools as one tree that rights are cut from."""
