CREATE TABLE entries (
  id serial PRIMARY KEY,
  ship text NOT NULL,
  remark text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO entries (ship, remark, made_at)
SELECT 'Ship no. ' || n % 7, 'Wind force ' || n % 9 || ', sea state ' || n % 5 || ', all well aboard',
  timestamptz '2026-03-01' + n * interval '4 hours'
FROM generate_series(1, 60) AS n;
