-- The 14 CVs of every county straight from the registers, as one would write them by hand. {folder} is the registers' folder.
WITH pupils AS (
    SELECT county_code, school_code, stage, count(*) AS n FROM read_parquet('{folder}/**/pupil*.parquet') GROUP BY ALL
), sizes AS (
    SELECT county_code, school_code,
           coalesce(sum(n) FILTER (stage = 'primary'), 0) AS a, coalesce(sum(n) FILTER (stage = 'junior'), 0) AS b,
           coalesce(sum(n) FILTER (stage = 'senior'), 0) AS c
    FROM pupils GROUP BY ALL
), teachers AS (
    SELECT county_code, school_code, stage,
           count(*) FILTER (qualification IN ('bachelor', 'master', 'doctor')
                            OR (stage = 'primary' AND qualification = 'junior_college')) AS l1,
           count(*) FILTER (is_backbone) AS l2,
           count(*) FILTER (subject IN ('pe', 'music', 'fine_art', 'art')) AS l3
    FROM read_parquet('{folder}/**/teacher*.parquet') GROUP BY ALL
), rooms AS (
    SELECT county_code, school_code, count(*) FILTER (has_multimedia) AS l7 FROM read_parquet('{folder}/**/room*.parquet') GROUP BY ALL
), stages AS (
    SELECT p.county_code, p.stage, p.n,
           100.0 * t.l1 / p.n AS l1, 100.0 * t.l2 / p.n AS l2, 100.0 * t.l3 / p.n AS l3,
           w * (s.teach_aux_area_m2 - s.indoor_pe_area_m2) AS l4, w * (s.gym_area_m2 + s.sport_field_area_m2) AS l5,
           w * s.equipment_value_yuan AS l6, 100.0 * w * r.l7 AS l7
    FROM pupils p
    JOIN (SELECT *, a + 1.1 * b + 1.32 * c AS load FROM sizes) z USING (county_code, school_code)
    JOIN read_parquet('{folder}/**/school*.parquet') s USING (county_code, school_code)
    JOIN rooms r USING (county_code, school_code)
    JOIN teachers t USING (county_code, school_code, stage)
    CROSS JOIN LATERAL (SELECT CASE p.stage WHEN 'primary' THEN 1 ELSE 1.1 END / load AS w)
    WHERE p.stage IN ('primary', 'junior') AND NOT (s.school_type = '218' AND p.n < 50)
), long AS (
    SELECT county_code, stage, n, unnest(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']) AS code,
           unnest([l1, l2, l3, l4, l5, l6, l7]) AS x
    FROM stages
), told AS (
    SELECT * FROM long WHERE x IS NOT NULL
), means AS (
    SELECT county_code, stage, code, sum(n * x) / sum(n) AS mean, sum(n) AS pupils FROM told GROUP BY ALL
)
SELECT county_code, stage, code, any_value(mean) AS mean, sqrt(sum(n * power(x - mean, 2)) / any_value(pupils)) / any_value(mean) AS cv
FROM told JOIN means USING (county_code, stage, code)
GROUP BY ALL ORDER BY ALL
