CREATE TABLE readings (
  id serial PRIMARY KEY,
  meter text NOT NULL,
  kilowatt_hours int NOT NULL CHECK (kilowatt_hours >= 0)
);

INSERT INTO readings (meter, kilowatt_hours) VALUES ('north', 1200), ('south', 830);
