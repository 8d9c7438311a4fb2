"""区划: Liaoning's 14 cities and 100 counties (districts, county-level cities, counties).

Source: National Bureau of Statistics, 统计用区划代码 (2023), which follows GB/T 2260. Evaluation units may lie outside
this list (development zones, the demonstration zone): an unknown code is a warning, never an error (rules.md §2.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PROVINCE_CODE = "210000"
PROVINCE_NAME = "辽宁省"


@dataclass(frozen=True)
class City:
    code: str
    name: str


@dataclass(frozen=True)
class County:
    """A county-level division: 市辖区, 县级市, 县 or 自治县."""

    code: str
    name: str
    city: City


_COUNTIES_BY_CITY: Mapping[tuple[str, str], str] = {
    ("210100", "沈阳市"):
        "02 和平区，03 沈河区，04 大东区，05 皇姑区，06 铁西区，11 苏家屯区，12 浑南区，13 沈北新区，"
        "14 于洪区，15 辽中区，23 康平县，24 法库县，81 新民市",
    ("210200", "大连市"):
        "02 中山区，03 西岗区，04 沙河口区，11 甘井子区，12 旅顺口区，13 金州区，14 普兰店区，"
        "24 长海县，81 瓦房店市，83 庄河市",
    ("210300", "鞍山市"):
        "02 铁东区，03 铁西区，04 立山区，11 千山区，21 台安县，23 岫岩满族自治县，81 海城市",
    ("210400", "抚顺市"):
        "02 新抚区，03 东洲区，04 望花区，11 顺城区，21 抚顺县，22 新宾满族自治县，23 清原满族自治县",
    ("210500", "本溪市"):
        "02 平山区，03 溪湖区，04 明山区，05 南芬区，21 本溪满族自治县，22 桓仁满族自治县",
    ("210600", "丹东市"):
        "02 元宝区，03 振兴区，04 振安区，24 宽甸满族自治县，81 东港市，82 凤城市",
    ("210700", "锦州市"):
        "02 古塔区，03 凌河区，11 太和区，26 黑山县，27 义县，81 凌海市，82 北镇市",
    ("210800", "营口市"):
        "02 站前区，03 西市区，04 鲅鱼圈区，11 老边区，81 盖州市，82 大石桥市",
    ("210900", "阜新市"):
        "02 海州区，03 新邱区，04 太平区，05 清河门区，11 细河区，21 阜新蒙古族自治县，22 彰武县",
    ("211000", "辽阳市"):
        "02 白塔区，03 文圣区，04 宏伟区，05 弓长岭区，11 太子河区，21 辽阳县，81 灯塔市",
    ("211100", "盘锦市"):
        "02 双台子区，03 兴隆台区，04 大洼区，22 盘山县",
    ("211200", "铁岭市"):
        "02 银州区，04 清河区，21 铁岭县，23 西丰县，24 昌图县，81 调兵山市，82 开原市",
    ("211300", "朝阳市"):
        "02 双塔区，03 龙城区，21 朝阳县，22 建平县，24 喀喇沁左翼蒙古族自治县，81 北票市，82 凌源市",
    ("211400", "葫芦岛市"):
        "02 连山区，03 龙港区，04 南票区，21 绥中县，22 建昌县，81 兴城市",
}
"""(city code, city name) → last two digits and name of each county; the first four digits are the city's."""

CITIES: Mapping[str, City] = {code: City(code, name) for code, name in _COUNTIES_BY_CITY}
COUNTIES: Mapping[str, County] = {
    county.code: county
    for (city_code, _), listed in _COUNTIES_BY_CITY.items()
    for entry in listed.split("，")
    for county in [County(city_code[:4] + entry[:2], entry[3:], CITIES[city_code])]
}


def name_of(code: str) -> str | None:
    """The name of a county, a city or the province; None when the code is not in the list."""
    if code in COUNTIES:
        return COUNTIES[code].name
    if code in CITIES:
        return CITIES[code].name
    return PROVINCE_NAME if code == PROVINCE_CODE else None


def city_of(county_code: str) -> City | None:
    """The city a code belongs to by its first four digits, also for units outside the list; None for no such city."""
    return CITIES.get(county_code[:4] + "00")
