CREATE TABLE parcels (
  id serial PRIMARY KEY,
  address text NOT NULL,
  delivered boolean NOT NULL DEFAULT false
);

INSERT INTO parcels (address, delivered) VALUES ('Quay 4', true), ('Mill Lane 12', false), ('Station Road 1', false);
