"""The thinking part: plain values in, plain values out, no odoo. The doctests are the manual."""
