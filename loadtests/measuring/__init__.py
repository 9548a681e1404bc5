"""What is measured: spreads, gauges of processes, the watch at Redis, the floor, reports and budgets."""
