"""The thread that holds one sale together: number, customer, currency, title. How far it is, is computed above."""
