"""The provider's view of a plan: cost from the staffing, revenue, margin and the safe number of bookings."""
