"""What channels hear and say."""
