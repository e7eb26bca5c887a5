CREATE TABLE measurements (
  id serial PRIMARY KEY,
  city text NOT NULL,
  celsius numeric(4, 1) NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX measurements_city_taken_at ON measurements (city, taken_at DESC);

INSERT INTO measurements (city, celsius, taken_at)
SELECT city, round((10 + 8 * sin(hour))::numeric, 1), timestamptz '2026-01-01' + hour * interval '1 hour'
FROM unnest(ARRAY['Bergen', 'Porto', 'Lublin']) AS city, generate_series(1, 48) AS hour;
