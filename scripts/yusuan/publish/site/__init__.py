"""The pages of the site: what each shows, computed from the tables, in Chinese and English."""
