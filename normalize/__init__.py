"""Repair what scraping and typing broke in Indonesian news."""
