CREATE TABLE readings (
  id serial PRIMARY KEY,
  sensor text NOT NULL,
  celsius numeric(4, 1) NOT NULL,
  taken_at timestamptz NOT NULL
);

INSERT INTO readings (sensor, celsius, taken_at)
SELECT 'sensor ' || n % 40, (n * 7) % 350 / 10.0, timestamptz '2026-03-01' + n * interval '5 minutes'
FROM generate_series(1, 6000) AS n;
