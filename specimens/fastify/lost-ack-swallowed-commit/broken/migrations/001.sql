CREATE TABLE bookings (
  id uuid PRIMARY KEY,
  guest text NOT NULL,
  nights integer NOT NULL CHECK (nights > 0)
);

CREATE TABLE invoices (
  booking_id uuid PRIMARY KEY REFERENCES bookings (id),
  guest text NOT NULL,
  cents integer NOT NULL
);
