"""What is known without asking anyone: places of quotes, quantities, dates, people."""
